// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

import {PackedUserOperation} from "@account-abstraction/interfaces/PackedUserOperation.sol";

import {ThiefSpecs} from "./ThiefSpecs.sol";
import {Purse} from "./actors/Purse.sol";
import {Till} from "./actors/Till.sol";

/// @title What the account lost by each session, from what it and others hold before and after an operation
abstract contract ThiefBooks is ThiefSpecs {
    uint256 internal constant PAYMASTER_GAS = 100_000;
    uint256 private constant KEPT = 6;

    struct Holdings {
        uint256 tokens;
        uint256 moves;
        uint256 gasTokens;
        uint256 balance;
        uint256 deposit;
        uint256 shop;
        uint256 till;
        uint256 tips;
        uint256 buys;
    }

    /// @dev By session; `by` the session and the number of the period.
    mapping(uint256 session => uint256) public tokensLost;
    mapping(uint256 session => uint256) public etherToShop;
    mapping(uint256 session => uint256) public etherToTill;
    mapping(uint256 session => uint256) public feesPaid;
    mapping(uint256 session => uint256) public movedToEntryPoint;
    mapping(uint256 session => uint256) public feesCharged;
    mapping(uint256 session => uint256) public gasTokensLost;
    mapping(uint256 session => uint256) public tips;
    mapping(uint256 session => uint256) public buys;
    mapping(bytes32 by => uint256) private _inPeriod;

    uint256 public mostTokensInAPeriod;
    uint256 public mostEtherInADay;
    uint256 public mostFeesInADay;
    uint256 public mostMovedInADay;
    uint256 public mostGasTokensInADay;
    uint256 public mostUsesInAnHour;
    uint256 public paidBesideASponsor;

    mapping(bytes32 opHash => uint256) private _runs;
    uint256 public mostRuns;
    /// @dev The first ones, to be sent again.
    PackedUserOperation[] internal taken;

    function _do(uint256 session, PackedUserOperation memory o) internal returns (bool ok) {
        Holdings memory before = _holdings();
        ok = _submit(o);
        _book(session, o, before, _holdings(), ok);
    }

    function _book(
        uint256 session,
        PackedUserOperation memory o,
        Holdings memory a,
        Holdings memory b,
        bool ok
    ) private {
        uint256 lost = a.tokens - b.tokens;
        tokensLost[session] += lost;
        gasTokensLost[session] += a.gasTokens - b.gasTokens;
        etherToShop[session] += b.shop - a.shop;
        etherToTill[session] += b.till - a.till;
        tips[session] += b.tips - a.tips;
        buys[session] += b.buys - a.buys;
        uint256 given = b.shop - a.shop + b.till - a.till;
        uint256 fee = a.balance + a.deposit - b.balance - b.deposit - given;
        uint256 moved = a.balance - b.balance - given;
        feesPaid[session] += fee;
        movedToEntryPoint[session] += moved;
        if (o.paymasterAndData.length != 0) paidBesideASponsor += fee + moved;
        if (session == PERIODS) {
            mostTokensInAPeriod = _most(mostTokensInAPeriod, "token", TOKEN_PERIOD, lost);
            mostEtherInADay = _most(mostEtherInADay, "ether", 1 days, b.shop - a.shop);
            mostFeesInADay = _most(mostFeesInADay, "fee", 1 days, fee);
            mostMovedInADay = _most(mostMovedInADay, "moved", 1 days, moved);
            mostGasTokensInADay = _most(mostGasTokensInADay, "gas token", 1 days, a.gasTokens - b.gasTokens);
            mostUsesInAnHour = _most(mostUsesInAnHour, "uses", 1 hours, b.moves - a.moves);
        }
        if (!ok) return;
        if (!(session == SPONSORED && o.paymasterAndData.length != 0)) feesCharged[session] += _worstFee(o);
        bytes32 hash = entryPoint.getUserOpHash(o);
        if (++_runs[hash] > mostRuns) mostRuns = _runs[hash];
        if (taken.length < KEPT) taken.push(o);
    }

    /// @dev What EntryPoint may take at most: all gas limits at the highest price.
    function _worstFee(PackedUserOperation memory o) private pure returns (uint256) {
        uint256 gas = o.preVerificationGas + (uint256(o.accountGasLimits) >> 128)
            + uint128(uint256(o.accountGasLimits));
        if (o.paymasterAndData.length != 0) gas += 2 * PAYMASTER_GAS;
        return gas * uint128(uint256(o.gasFees));
    }

    function _most(uint256 most, string memory what, uint256 period, uint256 amount) private returns (uint256) {
        bytes32 by = keccak256(abi.encode(what, block.timestamp / period));
        uint256 sum = _inPeriod[by] += amount;
        return sum > most ? sum : most;
    }

    function _holdings() private view returns (Holdings memory h) {
        h.tokens = token.balanceOf(address(account));
        h.moves = Purse(address(token)).moves(address(account));
        h.gasTokens = gasToken.balanceOf(address(account));
        h.balance = address(account).balance;
        h.deposit = entryPoint.balanceOf(address(account));
        h.shop = shop.balance;
        h.till = address(till).balance;
        h.tips = Till(payable(shop)).payments();
        h.buys = till.payments();
    }
}
