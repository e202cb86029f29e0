"""Rules that keep charts from misleading: what each forbids, who says so, and how one is overruled in the open."""
