"""
Prints every key that libregf reads as a line of JSON: path, FILETIME, values (name, type, SHA-256 of the data, and of it up
to the first end mark of a text).
"""
import hashlib
import json
import sys

import pyregf


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def until_end_mark(data):
    for at in range(0, len(data) - 1, 2):
        if data[at : at + 2] == b"\0\0":
            return data[:at]
    return data


def walk(key, path):
    values = []
    for index in range(key.number_of_values):
        try:
            value = key.get_value(index)
            try:
                data = (value.data if value.data_size else b"") or b""
                digests = [sha256(data), sha256(until_end_mark(data))]
            except OSError:
                digests = [None, None]
            values.append([value.name or "", value.type, *digests])
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
