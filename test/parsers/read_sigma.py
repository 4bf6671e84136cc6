"""What pySigma reads out of the rules of a file: of each the values of its selection, as plain text, as JSON."""
import json, sys
from sigma.collection import SigmaCollection
from sigma.correlations import SigmaCorrelationRule
from sigma.types import SigmaString

def plain(value):
    if isinstance(value, SigmaString):
        assert not value.contains_special(), value
        return "".join(value.s) if all(isinstance(part, str) for part in value.s) else str(value)
    return value.to_plain() if hasattr(value, "to_plain") else value

collection = SigmaCollection.from_yaml(open(sys.argv[1], encoding="utf-8").read())
collection.resolve_rule_references()
told = []
for rule in collection.rules:
    if isinstance(rule, SigmaCorrelationRule):
        told.append({"title": rule.title, "correlation": rule.type.name, "rules": [str(one.reference) for one in rule.rules]})
        continue
    values = []
    for detection in rule.detection.detections.values():
        for item in detection.detection_items:
            items = getattr(item, "detection_items", None) or [item]
            for one in items:
                if getattr(one, "field", None) and one.field != "EventID":
                    values += [plain(value) for value in (one.original_value or one.value)]
    told.append({"title": rule.title, "values": values})
json.dump(told, sys.stdout)
