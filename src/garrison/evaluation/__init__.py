"""How good it is: the coder on gold that others wrote and on the project's own, figure by figure."""
