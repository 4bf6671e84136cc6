// https://github.com/mitre-attack/attack-navigator/blob/master/layers/spec/v4.5/layerformat.md, as a schema.

const string = { type: 'string' } as const
const boolean = { type: 'boolean' } as const
const object = (properties: Readonly<Record<string, object>>, required: readonly string[] = []) => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
})
const metadata = { type: 'array', items: object({ name: string, value: string }, ['name', 'value']) }
const links = {
  type: 'array',
  items: object({ label: string, url: { type: 'string', pattern: '^https?://' } }, ['label', 'url']),
}

export const navigatorLayer = object(
  {
    name: string,
    versions: object(
      { attack: string, navigator: { type: 'string', pattern: '^(?:4\\.9|5\\.)' }, layer: { const: '4.5' } },
      ['navigator', 'layer'],
    ),
    domain: { enum: ['enterprise-attack', 'mobile-attack', 'ics-attack'] },
    description: string,
    filters: object({ platforms: { type: 'array', items: string } }),
    sorting: { enum: [0, 1, 2, 3] },
    layout: object({
      layout: { enum: ['side', 'flat', 'mini'] },
      showID: boolean,
      showName: boolean,
      expandedSubtechniques: { enum: ['none', 'all', 'annotated'] },
    }),
    hideDisabled: boolean,
    techniques: {
      type: 'array',
      items: object(
        {
          techniqueID: { type: 'string', pattern: '^T\\d{4}(\\.\\d{3})?$' },
          score: { type: 'number' },
          comment: string,
          enabled: boolean,
          showSubtechniques: boolean,
          metadata,
        },
        ['techniqueID'],
      ),
    },
    gradient: object(
      {
        colors: { type: 'array', items: { type: 'string', pattern: '^#[0-9a-f]{6}$' }, minItems: 2 },
        minValue: { type: 'number' },
        maxValue: { type: 'number' },
      },
      ['colors', 'minValue', 'maxValue'],
    ),
    legendItems: { type: 'array', items: object({ label: string, color: string }, ['label', 'color']) },
    metadata,
    links,
    showTacticRowBackground: boolean,
    selectTechniquesAcrossTactics: boolean,
    selectSubtechniquesWithParent: boolean,
  },
  ['name', 'domain'],
)
