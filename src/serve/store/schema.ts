/**
 * What makes each version of the store of the one before. A step that was published is never changed: what comes later is a step of its own.
 * Times are milliseconds since 1970, UTC.
 */
export const storeSteps: readonly string[] = [
  `
-- what must be one with all else: the number of the log's last entry that was applied, counters
create table meta (key text primary key, value) without rowid;
-- in a copy: entries of the log that were not applied
create table unapplied (number integer primary key, body blob not null);
create table sources (id integer primary key, name text not null unique, bytes real not null);

-- what the state of a shard is made of: a base, and packed facts by the log's entry that brought them
create table shards (
  shard text primary key, light text not null, arrived real not null, facts integer not null, records integer not null, wake real,
  needs_look integer not null
);
create index shards_arrived on shards (arrived);
create index shards_wake on shards (wake) where wake is not null;
create index shards_look on shards (shard) where needs_look = 1;
create table bases (shard text primary key, entry integer not null, time real not null, data blob not null);
create table facts (
  shard text, entry integer, arrival real not null, source integer not null, base real not null, count integer not null,
  first real not null, last real not null, data blob not null, primary key (shard, entry)
);
create table kept_records (shard text primary key, contents text not null, data blob not null);
create table intents (shard text, target text, primary key (shard, target)) without rowid;

create table findings (
  id text primary key, host text not null, shard text not null, kind text not null,
  severity integer not null, bits real not null, verdict text not null, task text not null, task_key text not null,
  time real not null, end real not null,
  facts integer not null, newest real not null, hash text not null,
  change integer not null, first_written real not null, written real not null,
  withdrawn text, over integer not null, line text not null
);
create unique index findings_change on findings (change);
create index findings_time on findings (time, id, severity, withdrawn, task_key);
create index findings_end on findings (end, id, severity, withdrawn);
create index findings_bits on findings (bits, id, severity, withdrawn);
create index findings_worst on findings (severity * 1000000.0 + bits, id, severity, withdrawn);
create index findings_host on findings (host);
create index findings_shard on findings (shard);
create index findings_written on findings (written);
create table finding_bodies (id text primary key, json blob not null);
create table finding_records (finding text, n integer, key text not null, bytes blob, primary key (finding, n)) without rowid;
create table aliases (former text primary key, id text not null) without rowid;
create index aliases_id on aliases (id);

create table hosts (
  host text primary key, shard text not null, role text not null, first real, last real, arrived real not null, records integer not null,
  late integer not null, state text not null, told real not null, telemetry blob
);
create index hosts_shard on hosts (shard);
create index hosts_arrived on hosts (state, arrived);
create table notices (id integer primary key, time real not null, host text, kind text not null, text text not null);
create index notices_host on notices (host);
-- a record that is sent again says the same
create unique index notices_once on notices (host, text) where kind in ('log-cleared', 'log-switched', 'clock-stepped');
create table problems (
  source text, code text, count integer not null, first real not null, last real not null, reason text not null,
  primary key (source, code)
) without rowid;

create table tokens (
  id text primary key, name text not null, role text not null, hash text not null, hosts text, created real not null, expires real,
  last_used real
);

-- what was told of findings last; what is told; to whom it has still to be, or was; how much all that is
create table told (
  finding text primary key, alert text not null, sequence integer not null, worst text not null, severity text not null,
  verdict text not null, withdrawn integer not null, host text not null, title text not null
) without rowid;
create index told_alert on told (alert);
create table alerts (
  id text primary key, alert text not null, sequence integer not null, time real not null, head text not null, story blob,
  bytes integer not null
);
create index alerts_alert on alerts (alert, sequence);
create index alerts_time on alerts (time);
create table outbox (
  row integer primary key, id text not null, alert text not null, target text not null, state text not null, tries integer not null,
  since real not null, next real not null, error text
);
create index outbox_state on outbox (target, state, row);
create index outbox_alert on outbox (alert, target, state, row);
create index outbox_id on outbox (id);
create table outbox_totals (name text primary key, value integer not null) without rowid;

create table watched_files (path text primary key, folder text not null, data text not null, chunks blob);
create index watched_files_folder on watched_files (folder);
`,
]
