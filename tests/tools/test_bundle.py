"""The bundle of the browser comes out the same again; a machine without Node leaves this out."""

from __future__ import annotations

import json
import shutil

import pytest

from tests.conftest import ROOT
from tools.pack.__main__ import MANIFEST, NOTICE, OWN, bundle

PACKAGES = ROOT / "tools" / "pack" / "node_modules" / "esbuild"


@pytest.mark.long
@pytest.mark.skipif(
    not shutil.which("node") or not PACKAGES.is_dir(),
    reason="Node or its packages are not here; make pack installs them",
)
def test_the_bundle_is_made_again_byte_for_byte() -> None:
    made, licences = bundle()
    assert made.entry() == json.loads((OWN / MANIFEST).read_text(encoding="utf-8"))["plotly.js"]
    assert licences == (OWN / NOTICE).read_text(encoding="utf-8")
