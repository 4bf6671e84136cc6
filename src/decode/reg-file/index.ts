export { looksLikeRegFile, readRegFile } from './read-reg-file.ts'
export { RegTree } from './reg-tree.ts'
