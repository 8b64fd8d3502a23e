"""Words of the workspace's own pages."""
