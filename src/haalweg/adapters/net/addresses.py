"""Which addresses are of the internet, and which lie in somebody's own network or stand for other addresses."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

Address = IPv4Address | IPv6Address

_NOT_OF_4 = tuple(
    map(
        IPv4Network,
        (
            "0.0.0.0/8",  # this network, RFC 791
            "10.0.0.0/8",  # private, RFC 1918, as are 172.16 and 192.168
            "100.64.0.0/10",  # between a provider and its customers, RFC 6598
            "127.0.0.0/8",  # this machine
            "169.254.0.0/16",  # this link, and where clouds keep their machines' keys
            "172.16.0.0/12",
            "192.0.0.0/24",  # of protocols, RFC 6890
            "192.0.2.0/24",  # of examples, RFC 5737, as are 198.51.100 and 203.0.113
            "192.88.99.0/24",  # relays of 6to4, RFC 7526
            "192.168.0.0/16",
            "198.18.0.0/15",  # of benchmarks, RFC 2544
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",  # of groups
            "240.0.0.0/4",  # reserved, and to everyone
        ),
    )
)
# All that was ever given out, RFC 4291. Outside lie what stands for version 4 (::ffff:0:0/96, NAT64's 64:ff9b::/96 and
# 64:ff9b:1::/48), fc00::/7, fe80::/10, ff00::/8 and whatever comes next.
_GLOBAL_6 = IPv6Network("2000::/3")
_NOT_OF_6 = tuple(
    map(
        IPv6Network,
        (
            "2001::/23",  # of protocols, RFC 2928: Teredo, benchmarks, ORCHID
            "2001:db8::/32",  # of examples, RFC 3849
            "2002::/16",  # 6to4, which stands for version 4 as well, RFC 3056
            "3fff::/20",  # of examples, RFC 9637
        ),
    )
)


def is_public(address: Address) -> bool:
    """Whether it is one machine on the internet, by itself and not as another address.

    Where this list and Python's own differ the stricter one holds.
    """
    if not address.is_global or address.is_multicast or address.is_reserved:
        return False
    if isinstance(address, IPv4Address):
        return not any(address in net for net in _NOT_OF_4)
    return address in _GLOBAL_6 and not any(address in net for net in _NOT_OF_6)
