"""Structure of a list as law has it: how many, who at least, which shares – counted exactly, said in words, never a lowered standard."""
