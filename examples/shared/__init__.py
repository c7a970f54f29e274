"""What the example programs have in common: training, command lines and many runs, figures."""
