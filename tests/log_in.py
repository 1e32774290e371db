"""Settings of an app with a log-in at a provider of the same machine, for tests and long trials."""

from __future__ import annotations

from pathlib import Path

SECRETS = """
[auth]
redirect_uri = "{address}/oauth2callback"
cookie_secret = "only-for-this-test-and-long-enough-to-sign"
client_id = "escala"
client_secret = "secret"
server_metadata_url = "{provider}/.well-known/openid-configuration"
client_kwargs = {{ prompt = "login", scope = "openid profile email" }}
"""
ROLES = """
default = "none"
[groups]
editores = "editor"
revisores = "reviewer"
"""


def settings(home: Path, address: str, provider: str) -> dict[str, str]:
    """Writes the settings into an empty home folder; the environment of the app that reads them."""
    (home / ".streamlit").mkdir()
    secrets = SECRETS.format(address=address, provider=provider)
    (home / ".streamlit" / "secrets.toml").write_text(secrets, encoding="utf-8")
    (home / "roles.toml").write_text(ROLES, encoding="utf-8")
    return {
        "HOME": str(home),
        "ESCALA_ROLES": str(home / "roles.toml"),
        "ESCALA_WORKSPACE": str(home / "workspace.sqlite"),
    }
