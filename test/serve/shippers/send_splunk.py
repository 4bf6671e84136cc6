"""Logs the lines of a file through a handler of Python's logging that sends to Splunk's HTTP Event Collector."""

import json
import logging
import sys

from splunk_hec_handler import SplunkHecHandler

port, token, path = sys.argv[1:]
logger = logging.getLogger("windows")
logger.setLevel(logging.INFO)
logger.addHandler(SplunkHecHandler("127.0.0.1", token, port=port, proto="http", sourcetype="_json", empty_body=True))
with open(path, encoding="utf-8") as lines:
    for line in lines:
        logger.info(json.loads(line))
