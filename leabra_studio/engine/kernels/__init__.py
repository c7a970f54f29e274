"""The equations, compiled: one family a file, small functions named variable-from-variable.

All arithmetic is float64 and elementwise in a fixed order, without fast-math: results do not depend on the machine's
vector width. Every function here is plain Python under its ``py_func``.
"""
