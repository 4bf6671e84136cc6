import { hostKey } from '../../model/host.ts'
import type { Principal } from '../access/index.ts'

/** Hosts, by first labels, that somebody may read of; null: all. */
export const shardsOf = ({ hosts }: Principal): readonly string[] | null => hosts

export const maySee = ({ hosts }: Principal, host: string): boolean => hosts === null || hosts.includes(hostKey(host))
