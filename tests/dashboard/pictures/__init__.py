"""Pictures drawn without a browser."""
