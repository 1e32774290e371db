"""Settings of an app with a log-in at a provider of the same machine, for tests and long trials."""

from __future__ import annotations

import time
from pathlib import Path

import httpx2
from joserfc import jwk, jwt

SIGNER = "only-for-this-test-and-long-enough-to-sign"
SECRETS = """
[auth]
redirect_uri = "{address}/oauth2callback"
cookie_secret = "{signer}"
client_id = "escala"
client_secret = "secret"
server_metadata_url = "{provider}/.well-known/openid-configuration"
client_kwargs = {{ prompt = "login", scope = "openid profile email" }}
"""
ROLES = """
default = "none"
[groups]
editores = "editor"
lectores = "viewer"
revisores = "reviewer"
"""


def settings(home: Path, address: str, provider: str) -> dict[str, str]:
    """Writes the settings into an empty home folder; the environment of the app that reads them."""
    (home / ".streamlit").mkdir()
    secrets = SECRETS.format(address=address, provider=provider, signer=SIGNER)
    (home / ".streamlit" / "secrets.toml").write_text(secrets, encoding="utf-8")
    (home / "roles.toml").write_text(ROLES, encoding="utf-8")
    return {
        "HOME": str(home),
        "ESCALA_ROLES": str(home / "roles.toml"),
        "ESCALA_WORKSPACE": str(home / "workspace.sqlite"),
    }


def cookies_of(address: str, who: str) -> dict[str, str]:
    """The cookies of a browser in which somebody has logged in, of an app with these settings.

    It begins at the address that the button "Log in" leads to, and says to the provider of tests who it is.
    """
    asked = {"provider": "default", "exp": int(time.time()) + 60}
    signed = jwt.encode({"alg": "HS256"}, asked, jwk.OctKey.import_key(SIGNER))
    with httpx2.Client(follow_redirects=True) as client:
        form = client.get(f"{address}/auth/login", params={"provider": signed})
        client.post(form.url, data={"sub": who})
        client.get(f"{address}/_stcore/health")
        return {cookie.name: cookie.value or "" for cookie in client.cookies.jar}
