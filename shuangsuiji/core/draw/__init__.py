"""The draw protocol ``ssj1`` and nothing else: tickets, quotas, selection, visits, teams, re-draws.

Every rule here is one paragraph of the protocol (``docs/protocol.md``); whoever follows that page in any
language gets the same bytes. SHA-256, integers and explicit orders only: no floats, no set or dict order.
"""
