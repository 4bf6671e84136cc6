"""Applies transaction logs with regipy: hive, restored hive, first log, second log or nothing."""
import sys

from regipy.recovery import apply_transaction_logs

hive, restored, first, *second = sys.argv[1:]
_, pages = apply_transaction_logs(hive, first, secondary_log_path=second[0] if second else None, restored_hive_path=restored)
print(pages)
