"""Prints every key that libregf reads as a line of JSON: path, FILETIME, values (name, type, SHA-256 of the data)."""
import hashlib
import json
import sys

import pyregf


def walk(key, path):
    values = []
    for index in range(key.number_of_values):
        try:
            value = key.get_value(index)
            try:
                data = value.data if value.data_size else b""
            except OSError:
                data = None
            digest = None if data is None else hashlib.sha256(data or b"").hexdigest()
            values.append([value.name or "", value.type, digest])
        except OSError as error:
            values.append(["?", -1, str(error)])
    print(json.dumps({"path": path, "written": key.get_last_written_time_as_integer(), "values": values}))
    for index in range(key.number_of_sub_keys):
        try:
            below = key.get_sub_key(index)
            name = below.name
        except OSError as error:
            print(json.dumps({"path": path + ["?"], "error": str(error)}))
            continue
        walk(below, path + [name])


sys.setrecursionlimit(5000)
hive = pyregf.file()
hive.open(sys.argv[1])
root = hive.get_root_key()
if root is None:
    sys.exit("no root key")
walk(root, [])
