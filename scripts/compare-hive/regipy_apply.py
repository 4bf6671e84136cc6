"""Applies transaction logs with regipy: hive, restored hive, first log, second log or nothing."""
import sys

from regipy.recovery import apply_transaction_logs

hive, restored, first, *second = sys.argv[1:]
_, pages = apply_transaction_logs(hive, first, secondary_log_path=second[0] if second else None, restored_hive_path=restored)
print(pages)

# regipy changes sequence numbers and size without the checksum, at which libregf stops.
with open(restored, "r+b") as hive_file:
    block = hive_file.read(508)
    checksum = 0
    for at in range(0, 508, 4):
        checksum ^= int.from_bytes(block[at : at + 4], "little")
    hive_file.seek(508)
    hive_file.write(checksum.to_bytes(4, "little"))
