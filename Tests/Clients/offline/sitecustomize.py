"""On the path of a validator, this answers for the hosts of schemas: the core schemas come from the installed pystac, those of
extensions from the folder that STAC_EXTENSION_SCHEMAS names, where there is one (view-v1.1.0.json and so on); what is in neither is
told on standard error and counts as a schema that takes anything. Nothing goes to the network."""
import io
import json
import os
import sys
import urllib.parse
import urllib.request
from pathlib import Path

HOSTS = {"schemas.stacspec.org", "geojson.org", "stac-extensions.github.io", "json-schema.org", "proj.org"}

try:
    import pystac
    import requests
    import urllib3
except ImportError:     # another program of the same Python
    HOSTS = set()


def schema(url):
    """The text of a schema; None for what is no schema's address."""
    address = urllib.parse.urlparse(str(url))
    if address.hostname not in HOSTS:
        return None
    folder = Path(pystac.__file__).parent / "validation" / "jsonschemas"
    steps = address.path.strip("/").split("/")
    if address.hostname == "geojson.org":
        own = folder / "geojson" / steps[-1]
    elif address.hostname == "stac-extensions.github.io":
        own = Path(os.environ.get("STAC_EXTENSION_SCHEMAS", "")) / f"{'-'.join(steps[:2])}.json"
    else:
        own = folder / "stac-spec" / steps[0] / steps[-1]
        if steps[0] == "v1.0.0" and not own.is_file():
            # The tiled-assets extension names STAC 1.0.0's asset, which pystac does not bring. That of 1.1.0 asks for more.
            own = folder / "stac-spec" / "v1.1.0" / steps[-1]
    if own.is_file():
        return own.read_text()
    print(f"not validated, for want of its schema: {url}", file=sys.stderr)
    return json.dumps({"$schema": "http://json-schema.org/draft-07/schema#"})


if HOSTS:
    plain_request, plain_send = requests.Session.request, requests.Session.send
    plain_open, plain_pool = urllib.request.urlopen, urllib3.PoolManager.urlopen

    def decodable(headers):
        """`Accept-Encoding: *` allows encodings that the validators cannot read themselves."""
        if headers and headers.get("Accept-Encoding") == "*":
            headers["Accept-Encoding"] = "gzip"

    def request(self, method, url, **options):
        text = schema(url)
        if text is None:
            decodable(self.headers)
            return plain_request(self, method, url, **options)
        answer = requests.Response()
        answer.status_code, answer._content, answer.url = 200, text.encode(), url
        return answer

    def send(self, prepared, **options):
        decodable(prepared.headers)
        return plain_send(self, prepared, **options)

    def open_url(target, *arguments, **options):
        text = schema(target if isinstance(target, str) else target.full_url)
        if text is not None:
            return io.BytesIO(text.encode())
        if not isinstance(target, str):
            target.headers = {k: v for k, v in target.headers.items() if k.lower() != "accept-encoding"}
        return plain_open(target, *arguments, **options)

    def pool_open(self, method, url, redirect=True, **options):
        text = schema(url)
        if text is None:
            decodable(options.get("headers"))
            return plain_pool(self, method, url, redirect, **options)
        return urllib3.HTTPResponse(
            body=io.BytesIO(text.encode()), status=200, preload_content=options.get("preload_content", True))

    requests.Session.request, requests.Session.send = request, send
    urllib.request.urlopen, urllib3.PoolManager.urlopen = open_url, pool_open
