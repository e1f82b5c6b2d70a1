"""How somebody begins: where the work is kept, in whose name, where it is published, whether to practise first."""
