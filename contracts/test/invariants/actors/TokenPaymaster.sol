// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

import {IPaymaster} from "@account-abstraction/interfaces/IPaymaster.sol";
import {PackedUserOperation} from "@account-abstraction/interfaces/PackedUserOperation.sol";

import {SsoAccount} from "../../../src/account/SsoAccount.sol";
import {Token} from "../../fixtures/Token.sol";

/// @title Pays for anyone and takes as much of a token that the account allowed it; tries for more on the way
contract TokenPaymaster is IPaymaster {
    Token private immutable TOKEN;

    uint256 public strays; // own calls that the account took

    /// @param token 0: takes nothing.
    constructor(Token token) {
        TOKEN = token;
    }

    function validatePaymasterUserOp(PackedUserOperation calldata op, bytes32, uint256)
        external
        returns (bytes memory, uint256)
    {
        _try(op.sender);
        return (abi.encode(op.sender), 0);
    }

    function postOp(PostOpMode, bytes calldata context, uint256 actualGasCost, uint256) external {
        address account = abi.decode(context, (address));
        _try(account);
        if (address(TOKEN) != address(0)) TOKEN.transferFrom(account, address(this), actualGasCost);
    }

    function _try(address account) private {
        (bool ended,) = account.call(abi.encodeCall(SsoAccount.endSessions, ()));
        bytes memory take = abi.encodePacked(this, uint256(1));
        (bool took,) = account.call(abi.encodeCall(SsoAccount.executeFromExecutor, (0, take)));
        if (ended || took) ++strays;
    }
}
