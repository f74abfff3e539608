// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

/// @notice Tells the accounts' proxies what they run.
contract AccountBeacon {
    address public immutable implementation;

    constructor(address account) {
        implementation = account;
    }
}
