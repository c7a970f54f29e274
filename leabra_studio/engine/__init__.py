"""The simulation engine: parameters, state, compiled kernels and `Net`."""
