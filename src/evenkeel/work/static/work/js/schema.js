// JSON Schema (2020-12), as far as forms use it: the page holds an answer against the very schema that the server uses.

const typeOf = (value) => (value === null ? "null" : Array.isArray(value) ? "array" : Number.isInteger(value) ? "integer" : typeof value)
const isType = (value, type) => typeOf(value) === type || (type === "number" && typeof value === "number")
const same = (a, b) => a === b || (typeof a === "object" && typeof b === "object" && JSON.stringify(a) === JSON.stringify(b))

const checks = {
  type: (schema, value) => isType(value, schema.type),
  enum: (schema, value) => schema.enum.some((each) => same(each, value)),
  const: (schema, value) => same(schema.const, value),
  minimum: (schema, value) => typeof value !== "number" || value >= schema.minimum,
  maximum: (schema, value) => typeof value !== "number" || value <= schema.maximum,
  exclusiveMinimum: (schema, value) => typeof value !== "number" || value > schema.exclusiveMinimum,
  minLength: (schema, value) => typeof value !== "string" || [...value].length >= schema.minLength,
  maxLength: (schema, value) => typeof value !== "string" || [...value].length <= schema.maxLength,
  minItems: (schema, value) => !Array.isArray(value) || value.length >= schema.minItems,
  maxItems: (schema, value) => !Array.isArray(value) || value.length <= schema.maxItems,
  uniqueItems: (schema, value) => !Array.isArray(value) || new Set(value.map((each) => JSON.stringify(each))).size === value.length,
  minProperties: (schema, value) => !isType(value, "object") || Object.keys(value).length >= schema.minProperties,
  maxProperties: (schema, value) => !isType(value, "object") || Object.keys(value).length <= schema.maxProperties,
  contains: (schema, value) => !Array.isArray(value) || value.some((each) => fits(schema.contains, each)),
  anyOf: (schema, value) => schema.anyOf.some((each) => fits(each, value)),
  not: (schema, value) => !fits(schema.not, value),
  required: (schema, value) => !isType(value, "object") || schema.required.every((name) => name in value),
  propertyNames: (schema, value) => !isType(value, "object") || Object.keys(value).every((name) => fits(schema.propertyNames, name)),
}

// Where an answer does not fit: paths such as ["label"] or ["boxes", 0]; empty when all is well.
export function misfits(schema, value, path = []) {
  if (schema === true) return []
  if (schema === false) return [path]
  const found = Object.keys(checks).some((name) => name in schema && !checks[name](schema, value)) ? [path] : []
  if (Array.isArray(value)) {
    value.forEach((each, place) => {
      const rule = schema.prefixItems?.[place] ?? (schema.prefixItems ? true : schema.items)
      if (rule !== undefined) found.push(...misfits(rule, each, [...path, place]))
    })
  } else if (isType(value, "object")) {
    for (const [name, each] of Object.entries(value)) {
      const rule = schema.properties?.[name] ?? schema.additionalProperties
      if (rule !== undefined) found.push(...misfits(rule, each, [...path, name]))
    }
  }
  for (const each of schema.allOf ?? []) found.push(...misfits(each, value, path))
  if ("if" in schema) {
    const rule = fits(schema.if, value) ? schema.then : schema.else
    if (rule !== undefined) found.push(...misfits(rule, value, path))
  }
  return found
}

export const fits = (schema, value) => misfits(schema, value).length === 0
