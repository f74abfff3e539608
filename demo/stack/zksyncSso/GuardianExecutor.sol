// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

/// @notice Stands where the public guardian module stands, and recovers nothing: sessions may not call it.
contract GuardianExecutor {
    function isModuleType(uint256 moduleType) external pure returns (bool) {
        return moduleType == 2;
    }

    function onInstall(bytes calldata) external {}
}
