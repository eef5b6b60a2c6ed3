"""How the portal meets the network: ready public pages, the buffering front before Flask, static files, the server.

`negotiation` reads what a browser accepts and holds; `ready` keeps each public page as finished bytes; `kept` lays them
on disk between two starts; `asgi` is the front that `make run` uses and `wsgi` the same table for a host with nginx;
`static` serves files; `server` joins them and listens. Nothing here knows what a page says: it asks the Flask app, so
the bytes are the app's own.
"""
