import { type FileMetaData, parquetSchema, type SchemaTree } from 'hyparquet'
import { getMaxDefinitionLevel, getMaxRepetitionLevel } from 'hyparquet/src/schema.js'

/** A column of values, and where in a row they belong. */
export interface Leaf {
  /** As the table names it, lists with what is put around their items. */
  readonly key: string
  readonly schemaPath: SchemaTree[]
  /** Names from the row down to the value, or to the list whose items it is in. */
  readonly names: readonly string[]
  /** Names from an item of the list down to the value; null: it lies in no list. */
  readonly inItem: readonly string[] | null
  /** Whether the list is one of keys and values. */
  readonly isMap: boolean
  /** From which level of definition on a value is there, and from which an item of the list. */
  readonly present: number
  readonly itemPresent: number
}

/** The columns of a table below the names that are wanted. Lists of lists are left out: no event that is read has one. */
export function leavesOf(metadata: FileMetaData, isWanted: (name: string) => boolean): Leaf[] {
  const root = parquetSchema(metadata)
  const leaves: Leaf[] = []
  const open: SchemaTree[][] = root.children.filter(({ element }) => isWanted(element.name)).map((top) => [root, top])
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    const children = path.at(-1)?.children ?? []
    for (const child of children) open.push([...path, child])
    if (children.length === 0 && getMaxRepetitionLevel(path) <= 1) leaves.push(leafOf(path))
  }
  return leaves.reverse()
}

function leafOf(schemaPath: SchemaTree[]): Leaf {
  const path = schemaPath.slice(1)
  const repeated = path.findIndex(({ element }) => element.repetition_type === 'REPEATED')
  const around = path[repeated - 1]?.element
  const kind = around?.converted_type ?? around?.logical_type?.type
  const isMap = kind === 'MAP' || kind === 'MAP_KEY_VALUE'
  const isList = kind === 'LIST'
  const namesOf = (some: readonly SchemaTree[]) => some.map(({ element }) => element.name)
  return {
    key: namesOf(path).join('.'),
    schemaPath,
    names: namesOf(repeated < 0 ? path : path.slice(0, isList || isMap ? repeated : repeated + 1)),
    inItem: repeated < 0 ? null : namesOf(path.slice(isList ? itemAt(path, repeated) : repeated + 1)),
    isMap,
    present: getMaxDefinitionLevel(schemaPath),
    itemPresent: repeated < 0 ? 0 : getMaxDefinitionLevel(schemaPath.slice(0, repeated + 2)),
  }
}

/**
 * Where what an item holds begins: behind the group that is repeated and the one element in it, but for lists in the older form, whose items
 * are the group that is repeated.
 * Source: https://github.com/apache/parquet-format/blob/master/LogicalTypes.md (Lists)
 */
function itemAt(path: readonly SchemaTree[], repeated: number): number {
  const group = path[repeated]
  const isOlder = group === undefined || group.children.length !== 1 || /^array$|_tuple$/.test(group.element.name)
  return isOlder ? repeated + 1 : repeated + 2
}
