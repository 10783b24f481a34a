"""The asynchronous front of the web server: it reads a request whole before the request takes a thread.

Pages are made by a few threads. A client that sends its request slowly, or never to the end, would keep one of
them waiting; so this process speaks to clients, within limits of time, size and connections for each address,
and hands whole requests to the application over a private socket (docs/adr/0080).
"""
