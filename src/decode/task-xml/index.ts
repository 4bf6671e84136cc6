export { readDefinition } from './read-definition.ts'
export { readDefinitionBytes } from './read-definition-bytes.ts'
