"""The keys an organisation signs with, and what is signed: root, issuing key, day certificate, revocation list.

Imports nothing of helpline: it could be published alone. The pages judge the same bytes in
`static/shared/credential/`; `tests/vectors/credentials.json` holds both to the same answers.
"""
