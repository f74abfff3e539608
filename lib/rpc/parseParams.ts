import * as v from 'valibot'
import { InvalidParamsError } from '@/lib/rpc/errors'

/**
 * Parses a request's params.
 *
 * @throws {InvalidParamsError} -32602, naming the member that is wrong.
 */
export function parseParams<output>(
  method: string,
  schema: v.BaseSchema<unknown, output, v.BaseIssue<unknown>>,
  params: unknown,
): output {
  const parsed = v.safeParse(schema, params)
  if (parsed.success) return parsed.output
  const [issue] = parsed.issues
  const path = v.getDotPath(issue)
  throw new InvalidParamsError(`${method}: params${path === null ? '' : `.${path}`} ${sentence(issue)}`)
}

function sentence(issue: v.BaseIssue<unknown>): string {
  if (issue.message.startsWith('Invalid key'))
    return issue.expected === 'never' ? 'is not known. Leave it out.' : 'is missing.'
  // valibot's own messages begin with "Invalid"; those of our schemas say what the member must be.
  if (!issue.message.startsWith('Invalid')) return `${issue.message}.`
  return `must be ${issue.expected ?? 'something else'}, not ${issue.received}.`
}
