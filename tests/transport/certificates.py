"""Certificates for loopback servers, made by the `openssl` program: a good one, an expired one, one of another name."""

from __future__ import annotations

import ssl
import subprocess
from dataclasses import dataclass
from pathlib import Path

_CONFIG = """
[ca]
default_ca = own
[own]
dir = .
database = index.txt
new_certs_dir = .
rand_serial = yes
default_md = sha256
policy = any
copy_extensions = copy
x509_extensions = leaf
[any]
commonName = supplied
[req]
distinguished_name = name
[name]
[authority]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign,digitalSignature
subjectKeyIdentifier = hash
[leaf]
basicConstraints = CA:FALSE
authorityKeyIdentifier = keyid
"""


@dataclass(frozen=True)
class Certificates:
    """An authority of our own and what it issued; all in PEM files with their keys."""

    folder: Path

    @property
    def authority(self) -> str:
        """What `ca_file` must name for the issued ones to be trusted."""
        return str(self.folder / "authority.pem")

    def server(self, name: str) -> ssl.SSLContext:
        """The TLS of a server that shows the certificate `name`: good, expired, elsewhere or self_signed."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.folder / f"{name}.pem", self.folder / f"{name}.key")
        return context


def make(folder: Path) -> Certificates:
    """Issue them all. OSError where there is no `openssl`."""

    def openssl(*arguments: str) -> None:
        subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)

    (folder / "openssl.cnf").write_text(_CONFIG)
    (folder / "index.txt").touch()
    new_key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-config", "openssl.cnf")
    for name, subject in (("authority", "/CN=An authority of our own"), ("self_signed", "/CN=127.0.0.1")):
        files = ("-keyout", f"{name}.key", "-out", f"{name}.pem")
        openssl("req", "-x509", *new_key, *files, "-subj", subject, "-days", "30", "-extensions", "authority")
    for name, host, start, end in (
        ("good", "IP:127.0.0.1", "20200101000000Z", "20991231000000Z"),
        ("expired", "IP:127.0.0.1", "20200101000000Z", "20210101000000Z"),
        ("early", "IP:127.0.0.1", "20980101000000Z", "20991231000000Z"),
        ("elsewhere", "DNS:shop.example", "20200101000000Z", "20991231000000Z"),
    ):
        files = ("-keyout", f"{name}.key", "-out", f"{name}.csr")
        openssl("req", *new_key, *files, "-subj", f"/CN=A shop ({name})", "-addext", f"subjectAltName={host}")
        signed = ("-in", f"{name}.csr", "-out", f"{name}.pem", "-cert", "authority.pem", "-keyfile", "authority.key")
        openssl("ca", "-batch", "-notext", "-config", "openssl.cnf", *signed, "-startdate", start, "-enddate", end)
    return Certificates(folder)
