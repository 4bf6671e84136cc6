"""Sends the lines of a file with the bulk helper of Elasticsearch's client for Python, and tells how many were taken."""

import json
import sys

from elasticsearch import Elasticsearch, helpers

url, api_key, path = sys.argv[1:]
client = Elasticsearch(url, api_key=api_key, http_compress=True)
version = client.info()["version"]["number"]
with open(path, encoding="utf-8") as lines:
    actions = ({"_op_type": "create", "_index": "logs-windows", "_source": json.loads(line)} for line in lines)
    taken, errors = helpers.bulk(client, actions, chunk_size=50, raise_on_error=False)
print(json.dumps({"version": version, "taken": taken, "errors": [error["create"]["status"] for error in errors]}))
