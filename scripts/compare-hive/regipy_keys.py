"""Prints every key that regipy reads as a line of JSON: path, FILETIME, values (name, type); data it gives decoded only."""
import json
import sys

from regipy.registry import NKRecord, RegistryHive


def walk(key, path):
    values = []
    try:
        for value in key.iter_values(as_json=False, trim_values=False):
            values.append(["" if value.name == "(default)" else value.name, str(value.value_type), None])
    except Exception as error:
        values.append(["?", -1, str(error)])
    print(json.dumps({"path": path, "written": key.header.last_modified, "values": values}))
    if not key.subkey_count:
        return
    try:
        for below in key.iter_subkeys():
            if isinstance(below, NKRecord):
                walk(below, path + [below.name])
    except Exception as error:
        print(json.dumps({"path": path + ["?"], "error": str(error)}))


sys.setrecursionlimit(5000)
walk(RegistryHive(sys.argv[1]).root, [])
