"""The command line: `python3 run COMMAND …`. Each command is one module, imported only when it is called."""
