/** The kinds that can be forced. An event a line is found out by whoever reads the JSON. */
export const forcibleKinds = ['evtx', 'event-xml', 'json', 'csv'] as const
export type ForcedKind = (typeof forcibleKinds)[number]
