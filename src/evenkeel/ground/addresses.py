"""Where an IP address leads: for whoever calls an address that somebody else has named."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address

Address = IPv4Address | IPv6Address


def is_public(address: Address) -> bool:
    """Whether an address lies outside every private network, ours among them.

    An IPv4 address in IPv6 clothes (mapped, 6to4, NAT64) leads where the IPv4 address does.

    >>> from ipaddress import ip_address
    >>> is_public(ip_address("93.184.216.34")), is_public(ip_address("::ffff:10.0.0.7"))
    (True, False)
    """
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if inner is None and address.packed[:12] == bytes.fromhex("0064ff9b" + "00" * 8):
            inner = IPv4Address(address.packed[12:])
        if inner is not None:
            return is_public(inner)
        if address.teredo is not None or address.is_site_local:
            return False
    return address.is_global and not address.is_multicast
