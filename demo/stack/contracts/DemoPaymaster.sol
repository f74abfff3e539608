// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

import {BasePaymaster} from "@account-abstraction/contracts/core/BasePaymaster.sol";
import {_packValidationData} from "@account-abstraction/contracts/core/Helpers.sol";
import {IEntryPoint} from "@account-abstraction/contracts/interfaces/IEntryPoint.sol";
import {PackedUserOperation} from "@account-abstraction/contracts/interfaces/PackedUserOperation.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";

/// @title DemoPaymaster
///
/// @notice Pays for every user operation that its sponsor's key has signed for, until the signature's end.
///
/// @dev paymasterData = validUntil (6 bytes) ‖ signature (65 bytes). Mirrors `sponsorHash` in `paymaster/sponsorHash.mjs`.
/// @dev Reads no storage while validating, so it needs no stake.
contract DemoPaymaster is BasePaymaster {
    /// @notice The key whose signature makes this contract pay.
    address public immutable sponsor;

    /// @param entryPoint The EntryPoint v0.8.
    /// @param sponsor_   Address of the sponsor's key; also the owner, who may withdraw the deposit.
    constructor(IEntryPoint entryPoint, address sponsor_) BasePaymaster(entryPoint) {
        sponsor = sponsor_;
        _transferOwnership(sponsor_);
    }

    /// @notice What the sponsor signs for `op` (raw, without the EIP-191 prefix).
    ///
    /// @param op         The operation; its signature and its paymasterData are not covered.
    /// @param validUntil Last second, Unix time, in which the signature holds.
    function getHash(PackedUserOperation calldata op, uint48 validUntil) public view returns (bytes32) {
        return keccak256(
            abi.encode(
                op.sender,
                op.nonce,
                keccak256(op.initCode),
                keccak256(op.callData),
                op.accountGasLimits,
                op.preVerificationGas,
                op.gasFees,
                bytes32(op.paymasterAndData[PAYMASTER_VALIDATION_GAS_OFFSET:PAYMASTER_DATA_OFFSET]),
                block.chainid,
                address(this),
                validUntil
            )
        );
    }

    /// @inheritdoc BasePaymaster
    function _validatePaymasterUserOp(PackedUserOperation calldata op, bytes32, uint256)
        internal
        view
        override
        returns (bytes memory context, uint256 validationData)
    {
        bytes calldata data = op.paymasterAndData[PAYMASTER_DATA_OFFSET:];
        uint48 validUntil = uint48(bytes6(data[:6]));
        (address signer, ECDSA.RecoverError failure,) = ECDSA.tryRecover(getHash(op, validUntil), data[6:]);
        bool refused = failure != ECDSA.RecoverError.NoError || signer != sponsor;
        return ("", _packValidationData(refused, validUntil, 0));
    }
}
