"""Webs: the net, a folder, and whatever else answers for a URL."""
