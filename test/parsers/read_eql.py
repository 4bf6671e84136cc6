"""What the eql package reads out of queries (a JSON list on standard input): of each the texts in it, as JSON."""
import json, re, sys
from eql import ast
from eql.parser import elasticsearch_syntax, parse_query

# eql 1.0.1 takes all from the first \u{ to the last } for one character; Elastic's grammar has up to eight hexadecimal digits.
KNOWN = {'\\n': '\n', '\\r': '\r', '\\t': '\t', '\\"': '"', "\\'": "'", '\\\\': '\\'}
def unescape(text):
    told = lambda found: chr(int(found.group(1), 16)) if found.group(1) else KNOWN.get(found.group(), found.group())
    return re.sub(r'\\u\{([0-9a-fA-F]{2,8})\}|\\.', told, text, flags=re.S)
ast.String.unescape = staticmethod(unescape)

told = []
with elasticsearch_syntax:
    for query in json.load(sys.stdin):
        told.append([node.value for node in parse_query(query) if isinstance(node, ast.String)])
json.dump(told, sys.stdout)
