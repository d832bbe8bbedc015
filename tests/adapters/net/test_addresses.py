"""Which addresses a gate goes to where others name the place."""

from __future__ import annotations

from ipaddress import ip_address, ip_network

import pytest

from haalweg.adapters.net.addresses import _NOT_OF_4, _NOT_OF_6, is_public


@pytest.mark.parametrize(
    "text", ["1.1.1.1", "93.184.215.14", "100.63.255.255", "100.128.0.1", "172.32.0.1", "192.0.1.1", "223.255.255.254",
             "2606:4700:4700::1111", "2a00:1450:400e:80f::200e", "2400:cb00::1"],
)  # fmt: skip
def test_a_machine_on_the_internet_is_gone_to(text):
    assert is_public(ip_address(text))


@pytest.mark.threat("H1")
@pytest.mark.parametrize(
    ("what", "text"),
    [
        ("unspecified", "0.0.0.0"),  # noqa: S104 - nothing is bound to it
        ("this network", "0.1.2.3"),
        ("loopback", "127.0.0.1"),
        ("loopback", "127.255.255.254"),
        ("private", "10.0.0.1"),
        ("private", "172.16.0.1"),
        ("private", "172.31.255.255"),
        ("private", "192.168.1.1"),
        ("provider's", "100.64.0.1"),
        ("provider's", "100.127.255.255"),
        ("link", "169.254.169.254"),
        ("protocols", "192.0.0.8"),
        ("protocols", "192.0.0.9"),
        ("protocols", "192.0.0.170"),
        ("example", "192.0.2.1"),
        ("example", "198.51.100.1"),
        ("example", "203.0.113.1"),
        ("6to4 relay", "192.88.99.1"),
        ("benchmark", "198.18.0.1"),
        ("benchmark", "198.19.255.255"),
        ("group", "224.0.0.1"),
        ("group", "239.255.255.255"),
        ("reserved", "240.0.0.1"),
        ("everyone", "255.255.255.255"),
        ("unspecified", "::"),
        ("loopback", "::1"),
        ("mapped", "::ffff:127.0.0.1"),
        ("mapped", "::ffff:8.8.8.8"),
        ("compatible", "::127.0.0.1"),
        ("compatible", "::8.8.8.8"),
        ("NAT64", "64:ff9b::7f00:1"),
        ("NAT64", "64:ff9b::808:808"),
        ("NAT64", "64:ff9b:1::7f00:1"),
        ("nothing", "100::1"),
        ("Teredo", "2001:0:4136:e378:8000:63bf:3fff:fdd2"),
        ("benchmark", "2001:2::1"),
        ("ORCHID", "2001:20::1"),
        ("example", "2001:db8::1"),
        ("6to4", "2002:7f00:1::"),
        ("6to4", "2002:808:808::1"),
        ("example", "3fff::1"),
        ("never given out", "4000::1"),
        ("segments", "5f00::1"),
        ("unique local", "fc00::1"),
        ("unique local", "fd12:3456:789a::1"),
        ("link", "fe80::1"),
        ("link", "fe80::1%2"),
        ("site", "fec0::1"),
        ("group", "ff02::1"),
        ("group", "ff0e::1"),
    ],
)
def test_what_lies_inside_a_network_or_stands_for_something_else_is_not(what, text):
    assert not is_public(ip_address(text)), what


@pytest.mark.threat("H1")
@pytest.mark.parametrize("net", [*_NOT_OF_4, *_NOT_OF_6], ids=str)
def test_a_net_is_left_out_from_its_first_address_to_its_last(net):
    assert not is_public(net[0])
    assert not is_public(net[-1])
    assert net == ip_network(str(net), strict=True)
