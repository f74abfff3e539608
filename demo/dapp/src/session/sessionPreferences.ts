import type { SessionPreferences } from '@/lib/connector/index'
import { callPolicy } from '@/lib/connector/index'
import { demoTokenAbi } from '../chain/demoTokenAbi'
import { orchardAbi } from '../chain/orchardAbi'
import type { Stack } from '../stack/stack'
import { limits } from './limits'

/** The session that Orchard asks for: purchases from its shop, planting, tips. */
export function sessionPreferences(stack: Stack): SessionPreferences {
  return {
    expiresAt: limits.expiresAt,
    feeLimit: limits.fee,
    transfers: [
      {
        to: stack.demo.tipJar,
        maxValuePerUse: limits.tip.each,
        valueLimit: limits.tip.total,
        useLimit: limits.tip.uses,
      },
    ],
    contractCalls: [
      callPolicy({
        address: stack.tokens.demoToken,
        abi: demoTokenAbi,
        functionName: 'transfer',
        constraints: [
          { index: 0, condition: 'Equal', value: stack.demo.shop },
          {
            index: 1,
            condition: 'LessEqual',
            value: limits.demo.perPurchase,
            limit: { limit: limits.demo.perDay, period: '1 day' },
          },
        ],
      }),
      callPolicy({
        address: stack.demo.orchard,
        abi: orchardAbi,
        functionName: 'plant',
        useLimit: { limit: limits.plant.perHour, period: '1 hour' },
        constraints: [{ index: 0, condition: 'Less', value: limits.plant.plots }],
      }),
    ],
  }
}
