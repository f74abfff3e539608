// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

/// @title What the guardian module asks of an account
interface IGuardedAccount {
    /// @notice Adds a passkey, removes others and ends all sessions. A passkey that is there already stays, one that is
    /// gone already is passed over.
    function recover(
        bytes32 x,
        bytes32 y,
        bytes calldata credentialId,
        string calldata origin,
        bytes32[] calldata removedKeyIds
    ) external;
}
