// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

/// @title What the session module asks of an account
interface ISessionAccount {
    /// @notice Refuses targets that restricted operations may not call, or a switched-off session module.
    ///
    /// @return epoch Current session epoch, below 2³⁰.
    function checkSessionTargets(address[] calldata targets) external view returns (uint256 epoch);

    /// @notice Current session epoch; sessions of earlier epochs are dead for good.
    function sessionEpoch() external view returns (uint256);
}
