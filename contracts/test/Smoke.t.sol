// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

import {PackedUserOperation} from "@account-abstraction/interfaces/PackedUserOperation.sol";

import {SessionErrors} from "../src/session/SessionErrors.sol";
import {SessionKeyValidator} from "../src/session/SessionKeyValidator.sol";
import {SpecBuilder} from "./fixtures/SpecBuilder.sol";
import {Wallet} from "./fixtures/Wallet.sol";

/// @dev The whole life of a session, once.
contract SmokeTest is Wallet {
    function test_revokedSessionIsDead_whenItWorkedBefore() public {
        ownerCall(address(token), abi.encodeCall(token.transfer, (shop, 1)));
        assertEq(token.balanceOf(shop), 1);

        SpecBuilder.Policy memory policy = SpecBuilder.callPolicy(address(token), token.transfer.selector);
        SpecBuilder.withConstraint(policy, 1, 0, uint160(shop), SpecBuilder.unlimited());
        SpecBuilder.withConstraint(policy, 0, 1, 0, SpecBuilder.lifetime(5 ether));
        bytes32 id = create(specOf(policy));
        assertEq(sessions.sessionStatus(address(account), id), 1);

        PackedUserOperation memory o =
            sessionOp(single(address(token), 0, abi.encodeCall(token.transfer, (shop, 2 ether))), hex"00");
        handle(o);
        assertEq(token.balanceOf(shop), 2 ether + 1);

        ownerCall(address(sessions), abi.encodeCall(SessionKeyValidator.revokeSession, (id)));
        assertEq(sessions.sessionStatus(address(account), id), 2);
        o = sessionOp(single(address(token), 0, abi.encodeCall(token.transfer, (shop, 2 ether))), hex"00");
        handleFails(o, abi.encodeWithSelector(SessionErrors.SessionNotActive.selector));
    }
}
