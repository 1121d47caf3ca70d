"""Self-declaration: the person fills what a round asks, on her phone too; her unit follows and decides."""
