"""What is shipped as a proxy's configuration fits two processes, and any other number as it is printed."""

from __future__ import annotations

import re

import pytest

from helpline.proxies import HAPROXY, NGINX, Ports, rendered
from helpline.settings import PORT_DEFAULT

pytestmark = pytest.mark.unit

BOTH = pytest.mark.parametrize("path", [HAPROXY, NGINX], ids=["haproxy", "nginx"])


@BOTH
def test_as_it_stands_it_fits_two_processes_on_the_usual_ports(path):
    template = path.read_text(encoding="utf-8")

    assert rendered(template, Ports.of(PORT_DEFAULT, 2)) == template


@BOTH
def test_every_process_is_named_once_for_each_program(path):
    text = rendered(path.read_text(encoding="utf-8"), Ports.of(9000, 3))

    servers = [int(port) for port in re.findall(r"^ *server .*?127\.0\.0\.1:(\d+)", text, re.MULTILINE)]
    listening = [int(port) for port in re.findall(r"^ *(?:bind|listen) 127\.0\.0\.1:(\d+)", text, re.MULTILINE)]
    assert servers == [9004, 9008, 9012, 9005, 9009, 9013]
    assert listening == [9000, 9001]


def test_each_process_is_asked_on_its_private_port():
    text = rendered(HAPROXY.read_text(encoding="utf-8"), Ports.of(9000, 2))

    assert re.findall(r"127\.0\.0\.1:(\d+) check port (\d+)", text) == [
        ("9004", "9007"), ("9008", "9011"), ("9005", "9007"), ("9009", "9011"),
    ]


FORBIDDEN = {
    HAPROXY: r"forwardfor|cookie \w+ (insert|prefix|rewrite)|stick|balance (source|roundrobin)|^\s*log |capture",
    NGINX: r"ip_hash|sticky|remote_addr|access_log (?!off)|error_log (?!/dev/null)|log_format|hash ",
}


def said(text: str) -> str:
    """Leave out the comments."""
    return "\n".join(line.split("#")[0] for line in text.splitlines())


@BOTH
def test_nothing_is_logged_nobody_is_remembered_and_no_address_is_told(path):
    assert re.findall(FORBIDDEN[path], said(path.read_text(encoding="utf-8")), re.MULTILINE) == []


@pytest.mark.parametrize(("path", "line"), [
    (HAPROXY, "    option forwardfor"), (HAPROXY, "    cookie w insert"), (HAPROXY, "    log stdout format raw local0"),
    (HAPROXY, "    stick-table type ip size 1m"), (NGINX, "    ip_hash;"), (NGINX, "    access_log /var/log/a;"),
    (NGINX, "    proxy_set_header X-Real-IP $remote_addr;"),
])
def test_a_line_that_would_do_so_is_seen(path, line):
    assert re.findall(FORBIDDEN[path], said(path.read_text(encoding="utf-8") + line + "\n"), re.MULTILINE)
