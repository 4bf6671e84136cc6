// Written by scripts/weigh-evidence.ts: change the traits or the corpus, not this file.

/**
 * In how many distinct sources of real definitions each trait was seen, and what it is worth from that (`weight-of-evidence.ts`).
 * The definitions are public material, labelled by where they are from: docs/score.md.
 */
export const evidence = [
  { id: 'place-shared', ordinary: 2, attacks: 30, schtasks: [1, 27], interval: [2.7, 6.3], bits: 4 },
  { id: 'place-temporary', ordinary: 1, attacks: 8, schtasks: [1, 8], interval: [0.9, 5.9], bits: 2 },
  { id: 'place-received', ordinary: 2, attacks: 3, schtasks: [2, 3], interval: [-1, 3.7], bits: 1.1 },
  { id: 'place-no-folder', ordinary: 1, attacks: 14, schtasks: [1, 14], interval: [1.8, 6.6], bits: 3 },
  { id: 'place-appdata', ordinary: 3, attacks: 7, schtasks: [0, 5], interval: [0.2, 3.8], bits: 1.8 },
  { id: 'place-appdata-script', ordinary: 2, attacks: 3, schtasks: [1, 1], interval: [-1, 3.7], bits: 1.1 },
  { id: 'place-programdata-script', ordinary: 9, attacks: 6, schtasks: [3, 4], interval: [-1.1, 1.7], bits: 0.3 },
  { id: 'system-name-elsewhere', ordinary: 0, attacks: 7, schtasks: [0, 6], interval: [0.7, 8.9], bits: 2 },
  { id: 'lookalike-letters', ordinary: 0, attacks: 1, schtasks: [0, 0], interval: [-2.1, 7.1], bits: 1.2 },
  { id: 'maker-in-file', ordinary: 5, attacks: 19, schtasks: [3, 18], interval: [1.4, 4], bits: 2.2 },
  { id: 'maker-in-task-name', ordinary: 5, attacks: 31, schtasks: [3, 29], interval: [2.1, 4.7], bits: 2.9 },
  { id: 'among-windows-tasks', ordinary: 1, attacks: 5, schtasks: [1, 5], interval: [0.2, 5.3], bits: 2 },
  { id: 'system-word-in-task-name', ordinary: 13, attacks: 49, schtasks: [7, 45], interval: [2, 3.6], bits: 2.5 },
  { id: 'made-up-name', ordinary: 0, attacks: 4, schtasks: [0, 3], interval: [-0.2, 8.2], bits: 2 },
  { id: 'short-file-name', ordinary: 0, attacks: 6, schtasks: [0, 5], interval: [0.4, 8.7], bits: 2 },
  { id: 'unseen-code', ordinary: 3, attacks: 13, schtasks: [1, 12], interval: [1.2, 4.5], bits: 2.7 },
  { id: 'intrusion', ordinary: 0, attacks: 11, schtasks: [0, 5], interval: [1.3, 9.5], bits: 5 },
  { id: 'fetches', ordinary: 5, attacks: 9, schtasks: [3, 8], interval: [0.2, 3.1], bits: 1.1 },
  { id: 'address', ordinary: 1, attacks: 6, schtasks: [0, 5], interval: [0.5, 5.5], bits: 2 },
  { id: 'hidden-window', ordinary: 13, attacks: 10, schtasks: [5, 8], interval: [-0.6, 1.6], bits: 0.5 },
  { id: 'bare-shell', ordinary: 1, attacks: 1, schtasks: [0, 1], interval: [-2.4, 4.1], bits: 0.6 },
  { id: 'proxy', ordinary: 1, attacks: 10, schtasks: [1, 8], interval: [1.2, 6.1], bits: 3.4 },
  { id: 'shell-in-shell', ordinary: 1, attacks: 3, schtasks: [1, 3], interval: [-0.6, 4.8], bits: 1.7 },
  { id: 'script-host', ordinary: 5, attacks: 6, schtasks: [3, 5], interval: [-0.5, 2.7], bits: 1 },
  { id: 'inline-command', ordinary: 17, attacks: 15, schtasks: [9, 10], interval: [-0.2, 1.6], bits: 0.1 },
  { id: 'bare-program', ordinary: 8, attacks: 43, schtasks: [2, 41], interval: [2.2, 4.2], bits: 3.2 },
  { id: 'bare-windows-program', ordinary: 1, attacks: 8, schtasks: [1, 6], interval: [0.9, 5.9], bits: 2 },
  { id: 'every-few-minutes', ordinary: 16, attacks: 18, schtasks: [13, 15], interval: [0.1, 1.9], bits: 0.1 },
  { id: 'at-logon', ordinary: 36, attacks: 38, schtasks: [12, 33], interval: [0.4, 1.5], bits: 0.9 },
  { id: 'once', ordinary: 14, attacks: 10, schtasks: [10, 7], interval: [-0.7, 1.5], bits: 0 },
  { id: 'hidden', ordinary: 3, attacks: 4, schtasks: [0, 0], interval: [-0.7, 3.2], bits: 1.1 },
  { id: 'system-from-writable', ordinary: 2, attacks: 22, schtasks: [2, 20], interval: [2.2, 5.9], bits: 2.8 },
  { id: 'as-system', ordinary: 74, attacks: 41, schtasks: [30, 30], interval: [-0.4, 0.5], bits: 0 },
  { id: 'place-installed', ordinary: 34, attacks: 4, schtasks: [9, 0], interval: [-3.4, -0.7], bits: -2 },
  { id: 'windows-own', ordinary: 5, attacks: 0, schtasks: [0, 0], interval: [-6.7, 1.6], bits: -2 },
  { id: 'place-work-script', ordinary: 71, attacks: 1, schtasks: [31, 0], interval: [-7, -2.4], bits: -4.6 },
  { id: 'calendar', ordinary: 72, attacks: 13, schtasks: [23, 11], interval: [-2.3, -0.8], bits: -1.1 },
  { id: 'on-event', ordinary: 27, attacks: 12, schtasks: [12, 6], interval: [-1.2, 0.6], bits: -0.3 },
  { id: 'script-by-file', ordinary: 49, attacks: 4, schtasks: [19, 2], interval: [-3.9, -1.2], bits: -2.5 },
  { id: 'runtime', ordinary: 12, attacks: 1, schtasks: [7, 1], interval: [-4.6, 0.2], bits: -2 },
  { id: 'with-options', ordinary: 20, attacks: 1, schtasks: [6, 0], interval: [-5.3, -0.5], bits: -2.8 },
] as const

/** How many distinct sources of ordinary tasks and of attacks there are, and how many of each are schtasks commands. */
export const sources = {
  ordinary: 192,
  attacks: 104,
  schtasks: [80, 84],
} as const
