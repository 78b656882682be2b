"""ssj: 双随机、一公开 — random inspections that nobody can steer and anybody can recompute."""

__version__ = "0.1.0"
