"""What counts as the public internet, and that names which change their mind lead nowhere else."""

import json
import os
import subprocess
import sys
from ipaddress import ip_address
from pathlib import Path

import pytest

from common.special_addresses import SPECIAL_IPV4, SPECIAL_IPV6, is_public

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.mark.parametrize("network", [*SPECIAL_IPV4, *SPECIAL_IPV6], ids=str)
def test_no_special_block_is_public_from_its_first_address_to_its_last(network):
    assert not is_public(network[0])
    assert not is_public(network[-1])


@pytest.mark.parametrize(
    "address",
    [
        "fec0::1",
        "192.88.99.1",
        "2001:20::1",
        "2001:30::1",
        "3fff::1",
        "5f00::1",
        "192.31.196.1",
        "192.52.193.1",
        "192.175.48.1",
        "64:ff9b:1::1",
        "100::1",
        "100:0:0:1::1",
        "2001:4:112::1",
        "2620:4f:8000::1",
        "192.0.0.9",
        "::",
        "::1.2.3.4",
        "8000::1",
        "4000::1",
        "2002:808:808::1",
        "2001:0:808:808::1",
        "64:ff9b::7f00:1",
        "::ffff:127.0.0.1",
        "ff0e::1",
        "255.255.255.255",
        "240.0.0.1",
    ],
)
def test_what_python_may_call_global_and_is_no_public_server_is_not_asked(address):
    assert not is_public(ip_address(address))


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "192.0.1.1", "2001:200::1", "2600::1", "2a00:1450::1", "64:ff9b::808:808", "::ffff:8.8.8.8"]
)
def test_what_lies_beside_the_special_blocks_is_public(address):
    assert is_public(ip_address(address))


REBINDING = """
import json, socket, struct, sys, threading
from django.conf import settings

asked = []
answers = {
    "rebinding.example": [["93.184.215.14"], ["127.0.0.1"]],
    "inside.example": [["10.0.0.1"]],
    "both.example": [["93.184.215.14", "169.254.169.254"]],
    "relay.example": [["192.88.99.1"]],
}
resolver = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
resolver.bind(("127.0.0.54", 53))

def answer():
    while True:
        query, sender = resolver.recvfrom(512)
        labels, at = [], 12
        while query[at]:
            labels.append(query[at + 1 : at + 1 + query[at]].decode())
            at += 1 + query[at]
        name, question = ".".join(labels), query[12 : at + 5]
        kind = struct.unpack("!H", query[at + 1 : at + 3])[0]
        found = []
        if kind == 1 and name in answers:
            asked.append(name)
            found = answers[name].pop(0) if len(answers[name]) > 1 else answers[name][0]
        records = b"".join(b"\\xc0\\x0c" + struct.pack("!HHIH", 1, 1, 0, 4) + socket.inet_aton(a) for a in found)
        resolver.sendto(query[:2] + struct.pack("!HHHHH", 0x8180, 1, len(found), 0, 0) + question + records, sender)

threading.Thread(target=answer, daemon=True).start()

import http.server
class Redirect(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(302)
        self.send_header("Location", "https://" + self.path.strip("/") + "/")
        self.send_header("Content-Length", "0")
        self.end_headers()
    def log_message(self, *args): pass
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Redirect)
threading.Thread(target=server.serve_forever, daemon=True).start()
origin = f"http://127.0.0.1:{server.server_port}"
settings.configure(HTTP_DOOR_LOOPBACK_ORIGINS=frozenset({origin}))

import httpcore
from common import http
real, connected = httpcore.SyncBackend.connect_tcp, []
def connect(self, host, port, *rest):
    connected.append(host)
    if host != "127.0.0.1" or port == 443:
        raise httpcore.ConnectError("this test leaves loopback alone")
    return real(self, host, port, *rest)
httpcore.SyncBackend.connect_tcp = connect

results = {}
for url in ["https://rebinding.example/", "https://inside.example/", "https://both.example/", "https://relay.example/",
            origin + "/inside.example", origin + "/both.example"]:
    connected.clear()
    try:
        http.fetch(url, is_allowed=lambda host: True)
        outcome = "answered"
    except Exception as error:
        outcome = type(error).__name__
    results[url.replace(origin, "redirect")] = [outcome, list(connected)]
results["asked"] = asked
print(json.dumps(results))
"""


def test_names_that_change_their_mind_and_redirects_lead_nowhere_inside(tmp_path):
    """Against a real resolver on loopback: a name server of our own, which the C library asks, in a mount namespace."""
    configuration, script = tmp_path / "resolv.conf", tmp_path / "rebinding.py"
    configuration.write_text("nameserver 127.0.0.54\noptions timeout:1 attempts:1\n")
    script.write_text(REBINDING)
    mounted = f"mount --bind {configuration} /etc/resolv.conf"
    if os.getuid() != 0 or subprocess.run(["unshare", "-m", "sh", "-c", mounted], capture_output=True).returncode:
        pytest.skip("needs the right to mount, to have the C library ask a name server of the test's own")
    done = subprocess.run(
        ["unshare", "-m", "sh", "-c", f"{mounted} && exec {sys.executable} {script}"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout.splitlines()[-1])  # log lines stand before it
    assert said.pop("asked").count("rebinding.example") == 1, (
        "a name is resolved once, and what was checked is connected to"
    )
    assert said == {
        "https://rebinding.example/": ["HttpUnavailable", ["93.184.215.14"]],
        "https://inside.example/": ["HttpRefused", []],
        "https://both.example/": ["HttpRefused", []],
        "https://relay.example/": ["HttpRefused", []],
        "redirect/inside.example": ["HttpRefused", ["127.0.0.1"]],
        "redirect/both.example": ["HttpRefused", ["127.0.0.1"]],
    }
