// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

import {PackedUserOperation} from "@account-abstraction/interfaces/PackedUserOperation.sol";

import {SsoAccount} from "../../../src/account/SsoAccount.sol";

/// @title A hostile module of any set of types, that a session may list as a plain target too
contract Impostor {
    uint256 private immutable TYPES; // bit per type
    SsoAccount private immutable ACCOUNT;

    uint256 public pings;
    uint256 public gains; // calls of its own that the account took and should not have
    bool public isHostile;

    constructor(SsoAccount account, uint256 types) {
        (ACCOUNT, TYPES) = (account, types);
    }

    function becomeHostile() external {
        isHostile = true;
    }

    function isModuleType(uint256 moduleType) external view returns (bool) {
        return TYPES & (1 << moduleType) != 0;
    }

    function onInstall(bytes calldata) external {
        _reach();
    }

    function onUninstall(bytes calldata) external {
        _reach();
        require(!isHostile, "stays");
    }

    /// @dev Whoever asks may.
    function validateUserOp(PackedUserOperation calldata, bytes32) external returns (uint256) {
        _reach();
        return 0;
    }

    function ping() external {
        ++pings;
    }

    function act(bytes calldata data) external returns (bool done) {
        (done,) = address(ACCOUNT).call(data);
    }

    /// @dev As a handler of any function: would write, but is asked by STATICCALL.
    fallback() external {
        ++pings;
    }

    function _reach() private {
        bytes memory self = abi.encodePacked(ACCOUNT, uint256(0), abi.encodeCall(SsoAccount.endSessions, ()));
        _gain(abi.encodeCall(SsoAccount.endSessions, ()));
        _gain(abi.encodeCall(SsoAccount.upgradeToAndCall, (address(this), "")));
        _gain(abi.encodeCall(SsoAccount.executeFromExecutor, (0, self)));
    }

    function _gain(bytes memory data) private {
        (bool done,) = address(ACCOUNT).call(data);
        if (done) ++gains;
    }
}
