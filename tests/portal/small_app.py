"""A WSGI application of a few lines that stands for the portal in tests of the front."""

import json
import time
from hashlib import sha256


def application(environ, start_response):
    path, body = environ["PATH_INFO"], environ["wsgi.input"].read()
    if path == "/slow":
        time.sleep(float(environ["QUERY_STRING"] or "0.5"))
    if path == "/stream":
        start_response("200 OK", [("Content-Type", "application/octet-stream")])
        return (b"x" * 50_000 for _ in range(200))
    if path == "/broken":
        start_response("200 OK", [("Content-Length", "100")])
        return [b"too little"]
    if path == "/empty":
        start_response("204 No Content", [])
        return []
    said = {
        "path": path.encode("latin-1").decode(),
        "query": environ["QUERY_STRING"],
        "method": environ["REQUEST_METHOD"],
        "digest": sha256(body).hexdigest(),
        "length": len(body),
        "headers": {key: value for key, value in environ.items() if key.startswith("HTTP_")},
    }
    start_response("200 OK", [("Content-Type", "application/json"), ("X-App", "yes")])
    return [json.dumps(said).encode()]
