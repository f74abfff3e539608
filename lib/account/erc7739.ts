import {
  concat,
  encodeAbiParameters,
  hashDomain,
  hashMessage,
  hashStruct,
  keccak256,
  numberToHex,
  parseAbiParameters,
  size,
  stringToHex,
  toHex,
  zeroHash,
  type Address,
  type Hex,
} from 'viem'
import type { SignedMessage } from '@/lib/account/signedMessage'
import type { TypedData } from '@/lib/account/typedData/typedData'
import { typeText } from '@/lib/account/typedData/typeText'
import { TypedDataError } from '@/lib/account/typedData/TypedDataError'

/** Domain of an account, as its `eip712Domain()` tells it. The salt is 0. */
export type AccountDomain = {
  readonly name: string
  readonly version: string
  readonly chainId: number
  readonly verifyingContract: Address
}

const personalSignType = keccak256(stringToHex('PersonalSign(bytes prefixed)'))
const domainType = keccak256(
  stringToHex('EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)'),
)
const domainMembers = 'string name,string version,uint256 chainId,address verifyingContract,bytes32 salt'
const longestDescription = 0xffff

/**
 * The hash that an account's owner signs for a message. It names the account and the chain, so that the signature is worth nothing
 * for another account of the same passkey.
 *
 * @throws {TypedDataError} The primary type has a name that ERC-7739 excludes.
 * @see https://eips.ethereum.org/EIPS/eip-7739
 */
export function nestMessage(message: SignedMessage, domain: AccountDomain): Hex {
  if (message.kind === 'personal') {
    const inner = [personalSignType, hashMessage({ raw: message.message })] as const
    return hashUnder(separatorOf(domain), keccak256(concat(inner)))
  }
  const { typedData } = message
  checkContents(typedData)
  const typeHash = keccak256(
    stringToHex(
      `TypedDataSign(${typedData.primaryType} contents,${domainMembers})${typeText(typedData.primaryType, typedData.types)}`,
    ),
  )
  const inner = encodeAbiParameters(
    parseAbiParameters('bytes32, bytes32, bytes32, bytes32, uint256, address, bytes32'),
    [typeHash, contentsHash(typedData), ...domainValues(domain), zeroHash],
  )
  return hashUnder(appSeparator(typedData), keccak256(inner))
}

/**
 * What stands behind the owner's signature so that a contract can rebuild the hash: nothing for personal messages, for typed data
 * the site's domain separator, the contents' hash and the contents' type.
 */
export function messageAppendix(message: SignedMessage): Hex {
  if (message.kind === 'personal') return '0x'
  const description = stringToHex(describeContents(message.typedData))
  return concat([
    appSeparator(message.typedData),
    contentsHash(message.typedData),
    description,
    numberToHex(size(description), { size: 2 }),
  ])
}

/** The contents' type; its name follows where the type does not begin with it. */
function describeContents({ primaryType, types }: TypedData): string {
  const text = typeText(primaryType, types)
  return text.startsWith(`${primaryType}(`) ? text : text + primaryType
}

function checkContents(typedData: TypedData): void {
  if (/^[a-z]/.test(typedData.primaryType))
    throw new TypedDataError(
      'primaryType',
      'begins with a small letter, which the signature of a smart account (ERC-7739) excludes. Rename the struct.',
    )
  if (size(stringToHex(describeContents(typedData))) > longestDescription)
    throw new TypedDataError('types', 'are over 64 kB, more than the signature of a smart account can hold.')
}

const hashUnder = (separator: Hex, inner: Hex) => keccak256(concat(['0x1901', separator, inner]))

function separatorOf(domain: AccountDomain): Hex {
  return keccak256(
    encodeAbiParameters(parseAbiParameters('bytes32, bytes32, bytes32, uint256, address'), [
      domainType,
      ...domainValues(domain),
    ]),
  )
}

function domainValues({ name, version, chainId, verifyingContract }: AccountDomain) {
  const hashed = (text: string) => keccak256(toHex(text))
  return [hashed(name), hashed(version), BigInt(chainId), verifyingContract] as const
}

// viem's types want literal type texts; these were checked by `parseTypedData`.
const structTypes = ({ types }: TypedData) => types as Record<string, { name: string; type: string }[]>

const appSeparator = (data: TypedData) => hashDomain({ domain: data.domain, types: structTypes(data) })

const contentsHash = (data: TypedData) =>
  hashStruct({ data: data.message, primaryType: data.primaryType, types: structTypes(data) })
